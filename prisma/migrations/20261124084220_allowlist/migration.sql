-- DropIndex
DROP INDEX "alert_status_last_at_id_idx";

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "network" TEXT;

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "detection" ADD COLUMN     "address" INET,
ADD COLUMN     "broke_through" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "entry_id" UUID,
ADD COLUMN     "networks" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "signals" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "accounts" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "broke_through" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "case_link" TEXT,
ADD COLUMN     "closed_as" JSONB,
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "current_score" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "duplicate_of" INTEGER,
ADD COLUMN     "entry_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "frozen_score" SMALLINT,
ADD COLUMN     "networks" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "new_activity" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "queue" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "reason_class" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "suppressed_count" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "case_link" TEXT,
ADD COLUMN     "duplicate_of" INTEGER,
ADD COLUMN     "reason_class" TEXT,
ADD COLUMN     "score" SMALLINT,
ADD COLUMN     "verdict" TEXT;

-- CreateTable
CREATE TABLE "allow_entry" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "title" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "signals" TEXT[],
    "owner_id" UUID NOT NULL,
    "reason_class" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "allow_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allow_interval" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "conditions" JSONB NOT NULL,
    "signals" TEXT[],
    "void" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "allow_interval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allow_change" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" UUID,
    "kind" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "diff" JSONB NOT NULL,
    "why" TEXT,
    "confirmations" JSONB NOT NULL,

    CONSTRAINT "allow_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allow_revision" (
    "id" INTEGER NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "allow_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allow_hit" (
    "entry_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "allow_hit_pkey" PRIMARY KEY ("entry_id","occurred_at","event_id","rule_id")
);

-- CreateTable
CREATE TABLE "allow_run" (
    "id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "allow_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watch_item" (
    "id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_by" UUID,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "watch_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "actor_network" (
    "actor_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "actor_network_pkey" PRIMARY KEY ("actor_id","network")
);

-- CreateTable
CREATE TABLE "network" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "network_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "log_history" (
    "account" TEXT NOT NULL,
    "log_source" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_history_pkey" PRIMARY KEY ("account","log_source")
);

-- CreateTable
CREATE TABLE "registry_login" (
    "access_key" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "network" TEXT NOT NULL,

    CONSTRAINT "registry_login_pkey" PRIMARY KEY ("access_key","occurred_at","event_id")
);

-- CreateTable
CREATE TABLE "guard_lowered" (
    "scope" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,

    CONSTRAINT "guard_lowered_pkey" PRIMARY KEY ("scope","occurred_at","event_id")
);

-- CreateIndex
CREATE INDEX "allow_entry_number_idx" ON "allow_entry"("number");

-- CreateIndex
CREATE INDEX "allow_interval_entry_id_idx" ON "allow_interval"("entry_id");

-- CreateIndex
CREATE INDEX "allow_change_entry_id_at_idx" ON "allow_change"("entry_id", "at");

-- CreateIndex
CREATE INDEX "allow_hit_occurred_at_event_id_idx" ON "allow_hit"("occurred_at", "event_id");

-- CreateIndex
CREATE INDEX "allow_run_target_id_created_at_idx" ON "allow_run"("target_id", "created_at");

-- CreateIndex
CREATE INDEX "event_image_image_id_tag_occurred_at_idx" ON "event_image"("image_id", "tag", "occurred_at");

-- CreateIndex
CREATE INDEX "detection_actor_id_occurred_at_idx" ON "detection"("actor_id", "occurred_at");

-- CreateIndex
CREATE INDEX "alert_queue_last_at_id_idx" ON "alert"("queue", "last_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "alert_assignee_id_last_at_id_idx" ON "alert"("assignee_id", "last_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allow_entry" ADD CONSTRAINT "allow_entry_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What alerts, events and logs already say.
UPDATE "alert" SET "current_score" = "score", "queue" = CASE WHEN "live" THEN 'open' ELSE 'history' END,
  "accounts" = ARRAY(
    SELECT "account" FROM "detection" WHERE "alert_id" = "alert"."id" AND "account" IS NOT NULL
    UNION SELECT "alert"."account" WHERE "alert"."account" <> '' ORDER BY 1
  );
ALTER TABLE "alert" ALTER COLUMN "current_score" DROP DEFAULT;
INSERT INTO "log_history" ("account", "log_source", "first_at")
  SELECT coalesce("account", ''), "log_source", min("occurred_at") FROM "event" GROUP BY 1, 2;
INSERT INTO "allow_revision" ("id", "value") VALUES (1, 0);

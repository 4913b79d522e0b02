-- AlterTable
ALTER TABLE "replay_run" DROP COLUMN "rules",
ADD COLUMN     "rule_id" TEXT,
ADD COLUMN     "rule_setting" JSONB;

-- AlterTable
ALTER TABLE "replay_detection" ADD COLUMN     "live" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "replay_block" (
    "run_id" UUID NOT NULL,
    "block_id" BIGINT NOT NULL,
    "positions" INTEGER[],

    CONSTRAINT "replay_block_pkey" PRIMARY KEY ("run_id","block_id")
);

-- CreateTable
CREATE TABLE "rule_change" (
    "id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "rule_id" TEXT NOT NULL,
    "is_off" BOOLEAN NOT NULL,
    "base" SMALLINT,
    "was_off" BOOLEAN NOT NULL,
    "base_before" SMALLINT,
    "reason" TEXT NOT NULL,
    "person_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "former_alert" (
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT NOT NULL,

    CONSTRAINT "former_alert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "rule_change_revision_key" ON "rule_change"("revision");

-- CreateIndex
CREATE INDEX "rule_change_rule_id_revision_idx" ON "rule_change"("rule_id", "revision" DESC);

-- CreateIndex
CREATE INDEX "former_alert_number_idx" ON "former_alert"("number");

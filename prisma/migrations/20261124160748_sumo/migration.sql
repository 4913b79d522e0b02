-- CreateTable
CREATE TABLE "sumo_connection" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "deployment" TEXT NOT NULL,
    "api_url" TEXT,
    "ui_url" TEXT,
    "key_owner" TEXT NOT NULL DEFAULT '',
    "sealed" BYTEA NOT NULL,
    "sealed_with" TEXT NOT NULL,
    "access_id_end" TEXT NOT NULL,
    "categories" JSONB NOT NULL,
    "profile" TEXT NOT NULL,
    "own_query" TEXT,
    "every_minutes" SMALLINT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "watermark" TIMESTAMPTZ(3) NOT NULL,
    "next_run_at" TIMESTAMPTZ(3) NOT NULL,
    "last_run_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "problem_detail" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sumo_connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sumo_backfill" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "actor_id" UUID,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "estimate" BIGINT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sumo_backfill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sumo_window" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "backfill_id" UUID,
    "time_kind" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "problem_detail" TEXT,
    "messages" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "bytes_scanned" BIGINT NOT NULL DEFAULT 0,
    "import_id" UUID,
    "job_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sumo_window_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sumo_recent" (
    "connection_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sumo_recent_pkey" PRIMARY KEY ("connection_id","message_id")
);

-- CreateTable
CREATE TABLE "sumo_pace" (
    "key" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sumo_pace_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sumo_seat" (
    "key" TEXT NOT NULL,
    "seat" SMALLINT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sumo_seat_pkey" PRIMARY KEY ("key","seat")
);

-- CreateIndex
CREATE UNIQUE INDEX "sumo_connection_name_key" ON "sumo_connection"("name");

-- CreateIndex
CREATE INDEX "sumo_backfill_connection_id_created_at_idx" ON "sumo_backfill"("connection_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "sumo_window_connection_id_state_starts_at_idx" ON "sumo_window"("connection_id", "state", "starts_at");

-- CreateIndex
CREATE INDEX "sumo_window_connection_id_finished_at_idx" ON "sumo_window"("connection_id", "finished_at" DESC);

-- CreateIndex
CREATE INDEX "sumo_window_import_id_idx" ON "sumo_window"("import_id");

-- CreateIndex
CREATE INDEX "sumo_window_backfill_id_state_idx" ON "sumo_window"("backfill_id", "state");

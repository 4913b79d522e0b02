-- AlterTable
ALTER TABLE "import" ADD COLUMN     "connection_id" UUID;

-- CreateTable
CREATE TABLE "feed" (
    "id" UUID NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "log_source" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_event_at" TIMESTAMPTZ(3),
    "last_arrival_at" TIMESTAMPTZ(3),
    "expects" TEXT NOT NULL,
    "set_minutes" INTEGER,
    "learnt_minutes" INTEGER,
    "lag_seconds" INTEGER,
    "most_lag_seconds" INTEGER,
    "learnt_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "changed_by" UUID,
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_hour" (
    "feed_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "events" INTEGER NOT NULL,
    "minutes" BIGINT NOT NULL,
    "lags" INTEGER[],

    CONSTRAINT "feed_hour_pkey" PRIMARY KEY ("feed_id","hour")
);

-- CreateTable
CREATE TABLE "source_hour" (
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_hour_pkey" PRIMARY KEY ("hour","source_kind","source_key")
);

-- CreateIndex
CREATE INDEX "feed_source_kind_source_key_log_source_idx" ON "feed"("source_kind", "source_key", "log_source");

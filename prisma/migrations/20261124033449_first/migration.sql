-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "password" TEXT,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "role" TEXT,
    "person_id" UUID,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_failure" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stored_as" TEXT NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "form" TEXT,
    "state" TEXT NOT NULL,
    "taken_as" TEXT NOT NULL DEFAULT 'auto',
    "position" BIGINT NOT NULL DEFAULT 0,
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "new_count" BIGINT NOT NULL DEFAULT 0,
    "duplicate_count" BIGINT NOT NULL DEFAULT 0,
    "rejected_count" BIGINT NOT NULL DEFAULT 0,
    "detection_count" BIGINT NOT NULL DEFAULT 0,
    "failure" TEXT,
    "failure_detail" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw_block" (
    "id" BIGSERIAL NOT NULL,
    "import_id" UUID NOT NULL,
    "record_count" INTEGER NOT NULL,
    "raw_bytes" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "raw_block_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejected_record" (
    "import_id" UUID NOT NULL,
    "record_index" BIGINT NOT NULL,
    "byte_offset" BIGINT NOT NULL,
    "line" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "block_id" BIGINT NOT NULL,
    "block_position" INTEGER NOT NULL,

    CONSTRAINT "rejected_record_pkey" PRIMARY KEY ("import_id","record_index")
);

-- CreateTable
CREATE TABLE "event" (
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "log_source" TEXT NOT NULL,
    "service" TEXT,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "actor_id" UUID,
    "principal" TEXT,
    "session" TEXT,
    "access_key" TEXT,
    "account" TEXT,
    "region" TEXT,
    "source_ip" TEXT,
    "is_external" BOOLEAN,
    "address_class" TEXT NOT NULL,
    "user_agent" TEXT,
    "native_id" TEXT,
    "correlation_id" TEXT,
    "details" JSONB,
    "block_id" BIGINT NOT NULL,
    "block_position" INTEGER NOT NULL,
    "normalizer" SMALLINT NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("occurred_at","id")
);

-- CreateTable
CREATE TABLE "event_image" (
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "image_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "tag" TEXT,
    "digest" TEXT,

    CONSTRAINT "event_image_pkey" PRIMARY KEY ("occurred_at","event_id","image_id","role")
);

-- CreateTable
CREATE TABLE "image" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account" TEXT,
    "region" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "actor" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "detection" (
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "score" SMALLINT NOT NULL,
    "addends" JSONB NOT NULL,
    "platform" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor_id" UUID,
    "image_id" UUID,
    "account" TEXT,
    "region" TEXT,
    "source_ip" TEXT,
    "is_external" BOOLEAN,
    "address_class" TEXT NOT NULL,
    "user_agent" TEXT,
    "session" TEXT,
    "access_key" TEXT,
    "tag" TEXT,
    "correlation_id" TEXT,
    "live" BOOLEAN NOT NULL,
    "detected_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "detection_pkey" PRIMARY KEY ("occurred_at","event_id","rule_id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "family" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "detection_count" INTEGER NOT NULL,
    "operation_count" INTEGER NOT NULL,
    "score" SMALLINT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor_id" UUID,
    "image_id" UUID,
    "region" TEXT,
    "actor_ids" UUID[],
    "operations" TEXT[],
    "rules" TEXT[],
    "regions" TEXT[],
    "source_ips" TEXT[],
    "address_classes" TEXT[],
    "search" TEXT NOT NULL,
    "live" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'new',
    "verdict" TEXT,
    "assignee_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "person_id" UUID,
    "kind" TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    "text" TEXT,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "credential_person_id_idx" ON "credential"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "credential_provider_id_account_id_key" ON "credential"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_token_hash_key" ON "one_time_link"("token_hash");

-- CreateIndex
CREATE INDEX "one_time_link_expires_at_idx" ON "one_time_link"("expires_at");

-- CreateIndex
CREATE INDEX "import_created_at_id_idx" ON "import"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "raw_block_import_id_idx" ON "raw_block"("import_id");

-- CreateIndex
CREATE INDEX "event_actor_id_occurred_at_id_idx" ON "event"("actor_id", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "event_image_image_id_occurred_at_event_id_idx" ON "event_image"("image_id", "occurred_at" DESC, "event_id" DESC);

-- CreateIndex
CREATE INDEX "detection_alert_id_occurred_at_idx" ON "detection"("alert_id", "occurred_at");

-- CreateIndex
CREATE INDEX "alert_last_at_id_idx" ON "alert"("last_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "alert_status_last_at_id_idx" ON "alert"("status", "last_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "alert_score_last_at_id_idx" ON "alert"("score" DESC, "last_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "alert_detection_count_last_at_id_idx" ON "alert"("detection_count" DESC, "last_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "alert_number_idx" ON "alert"("number");

-- CreateIndex
CREATE INDEX "alert_actor_ids_idx" ON "alert" USING GIN ("actor_ids");

-- CreateIndex
CREATE INDEX "alert_search_idx" ON "alert" USING GIN ("search" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "activity_alert_id_at_idx" ON "activity"("alert_id", "at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

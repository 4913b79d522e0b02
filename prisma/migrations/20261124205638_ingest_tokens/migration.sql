-- AlterTable
ALTER TABLE "import" ADD COLUMN     "source" TEXT,
ADD COLUMN     "token_id" UUID;

-- CreateTable
CREATE TABLE "ingest_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "token_end" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_opened_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,

    CONSTRAINT "ingest_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "token_id" UUID NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "import_id" UUID NOT NULL,
    "body" BYTEA,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "open_import" (
    "token_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "seal_after" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_import_pkey" PRIMARY KEY ("token_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ingest_token_name_key" ON "ingest_token"("name");

-- CreateIndex
CREATE UNIQUE INDEX "ingest_token_token_hash_key" ON "ingest_token"("token_hash");

-- CreateIndex
CREATE INDEX "delivery_import_id_id_idx" ON "delivery"("import_id", "id");

-- CreateIndex
CREATE INDEX "delivery_received_at_idx" ON "delivery"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_token_id_key_hash_key" ON "delivery"("token_id", "key_hash");

-- CreateIndex
CREATE UNIQUE INDEX "open_import_import_id_key" ON "open_import"("import_id");

-- CreateIndex
CREATE INDEX "import_state_idx" ON "import"("state");

-- CreateTable
CREATE TABLE "table_mapping" (
    "id" UUID NOT NULL,
    "fingerprint" UUID NOT NULL,
    "columns" TEXT[],
    "version" INTEGER NOT NULL,
    "mapping" JSONB NOT NULL,
    "forgotten_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "table_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "table_mapping_version" (
    "mapping_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "table_mapping_version_pkey" PRIMARY KEY ("mapping_id","version")
);

-- CreateTable
CREATE TABLE "import_table" (
    "import_id" UUID NOT NULL,
    "fingerprint" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "entry" TEXT,
    "columns" TEXT[],
    "sample" JSONB NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_table_pkey" PRIMARY KEY ("import_id","fingerprint")
);

-- CreateIndex
CREATE UNIQUE INDEX "table_mapping_fingerprint_key" ON "table_mapping"("fingerprint");

-- CreateIndex
CREATE INDEX "import_table_fingerprint_state_idx" ON "import_table"("fingerprint", "state");

-- CreateIndex
CREATE INDEX "import_table_state_idx" ON "import_table"("state");

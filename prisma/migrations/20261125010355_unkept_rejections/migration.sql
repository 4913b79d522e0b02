-- CreateTable
CREATE TABLE "unkept_rejection" (
    "import_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "unkept_rejection_pkey" PRIMARY KEY ("import_id","reason")
);

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "cancelled_by" UUID;

-- CreateIndex
CREATE INDEX "import_stored_as_idx" ON "import"("stored_as");

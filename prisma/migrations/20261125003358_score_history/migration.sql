-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "story" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "used_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "image_work" (
    "scope" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,

    CONSTRAINT "image_work_pkey" PRIMARY KEY ("occurred_at","event_id","scope")
);

-- CreateTable
CREATE TABLE "refused_call" (
    "actor_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "image_id" UUID,

    CONSTRAINT "refused_call_pkey" PRIMARY KEY ("occurred_at","event_id")
);

-- CreateIndex
CREATE INDEX "image_work_scope_actor_id_occurred_at_idx" ON "image_work"("scope", "actor_id", "occurred_at");

-- CreateIndex
CREATE INDEX "image_work_scope_occurred_at_idx" ON "image_work"("scope", "occurred_at");

-- CreateIndex
CREATE INDEX "refused_call_actor_id_call_id_occurred_at_idx" ON "refused_call"("actor_id", "call_id", "occurred_at");

-- CreateIndex
CREATE INDEX "detection_image_id_occurred_at_idx" ON "detection"("image_id", "occurred_at");

-- CreateTable
CREATE TABLE "alert_month" (
    "field" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "value_id" UUID NOT NULL,
    "value" TEXT,
    "alerts" INTEGER NOT NULL,

    CONSTRAINT "alert_month_pkey" PRIMARY KEY ("field","month","value_id")
);

-- What was kept by day, by month.
INSERT INTO "alert_month" ("field", "month", "value_id", "value", "alerts")
SELECT "field", date_trunc('month', "day"::timestamp)::date, "value_id", max("value"), sum("alerts")::int
FROM "alert_day_value" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- DropTable
DROP TABLE "alert_day_value";

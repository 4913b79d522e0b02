import type { ConnectionStanding } from "#lib/sumo/connection.ts";

export type SectionProps = { connection: ConnectionStanding; mayManage: boolean; zone: string; now: Date };

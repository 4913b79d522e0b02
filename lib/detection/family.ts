/** Kinds of image work whose detections belong together, and for how long: one alert a family, image and window. */
export const FAMILIES = {
  "machine-image": { label: "Machine image", windowHours: 24 },
  "container-push": { label: "Container push", windowHours: 6 },
  "managed-image": { label: "Managed image", windowHours: 24 },
  "registry-change": { label: "Registry settings", windowHours: 24 },
  "image-guard": { label: "Image guards", windowHours: 24 },
  "image-use": { label: "Image in use", windowHours: 24 },
} as const satisfies Record<string, { label: string; windowHours: number }>;

export type Family = keyof typeof FAMILIES;

export const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];

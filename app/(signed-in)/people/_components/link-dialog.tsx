"use client";

import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from "@mantine/core";

type LinkDialogProps = { link: string | null; title: string; hint: string; close: () => void };

/** A one-time link, shown once: it is not kept anywhere. */
export function LinkDialog({ link, title, hint, close }: LinkDialogProps) {
  return (
    <Modal
      opened={link !== null}
      onClose={close}
      title={title}
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        <Text size="sm">{hint}</Text>
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            label="Link"
            value={link ?? ""}
            readOnly
            styles={{
              root: { flex: 1 },
              input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 },
            }}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          <CopyButton value={link ?? ""}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}
          </CopyButton>
        </Group>
      </Stack>
    </Modal>
  );
}

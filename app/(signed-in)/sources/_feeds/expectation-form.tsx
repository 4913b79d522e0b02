"use client";

import { Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import { problemAt } from "../_components/refusal.ts";
import { RefusalNotice } from "../_components/refusal-notice.tsx";
import type { SourceRefusal } from "../actions.ts";
import { expectAction } from "./actions.ts";
import type { ExpectationProps } from "./expectation.tsx";
import classes from "./feeds.module.css";
import { type AmountUnit, amountOf, minutesOf, UNITS } from "./silence-amount.ts";

/** What is expected of a feed: what was learnt, what an admin says, or nothing. */
export function ExpectationForm(props: ExpectationProps & { close: () => void }) {
  const { of, learnt, close } = props;
  // As it was when the dialog was opened: the page is rendered anew behind it.
  const [seen] = useState(props.seen);
  const [expects, setExpects] = useState(props.expects);
  const [amount, setAmount] = useState(amountOf(props.setMinutes));
  const [refusal, setRefusal] = useState<SourceRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const save = () =>
    startTransition(async () => {
      const change = expects === "set" ? { expects, minutes: minutesOf(amount) } : { expects };
      const outcome = await expectAction({ seen, change });
      if (outcome.ok) close();
      else setRefusal(outcome.reason);
    });
  return (
    <Modal opened onClose={close} title="Longest silence" closeButtonProps={{ "aria-label": "Close" }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <p>
            When no event of <bdi>{of}</bdi> is newer than this, it is marked on the Sources page and in the
            navigation.
          </p>
          <Radio.Group
            aria-label="Longest silence"
            value={expects}
            onChange={(value) => setExpects(value as ExpectationProps["expects"])}
          >
            <Stack gap="xs">
              <Radio
                size="sm"
                value="learnt"
                label={
                  learnt === null
                    ? "As its history teaches: not known yet"
                    : `As its history teaches: ${learnt}`
                }
              />
              <Radio size="sm" value="set" label="At most" />
              {expects === "set" ? (
                <div className={classes.amount}>
                  <TextInput
                    size="xs"
                    inputMode="numeric"
                    aria-label="How many"
                    className={classes.number}
                    value={amount.text}
                    error={problemAt(refusal, "change.minutes")}
                    onChange={({ currentTarget }) => setAmount({ ...amount, text: currentTarget.value })}
                  />
                  <NativeSelect
                    size="xs"
                    aria-label="Of what"
                    data={Object.keys(UNITS)}
                    value={amount.unit}
                    onChange={({ currentTarget }) =>
                      setAmount({ ...amount, unit: currentTarget.value as AmountUnit })
                    }
                  />
                </div>
              ) : null}
              <Radio size="sm" value="never" label="Any: it may be silent for ever" />
            </Stack>
          </Radio.Group>
          {refusal ? <RefusalNotice refusal={refusal} besideFields /> : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={close}>
              Leave it
            </Button>
            <Button size="xs" type="submit" loading={isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { expect, test } from "vitest";
import { parseEnv } from "#lib/env.ts";
import { explainListenError, ownUrl, publicUrl } from "./address.ts";

test.for([
  ["127.0.0.1", undefined, "http://localhost:3000"],
  ["0.0.0.0", undefined, "http://localhost:3000"],
  ["::", undefined, "http://localhost:3000"],
  ["192.0.2.7", undefined, "http://192.0.2.7:3000"],
  ["2001:db8::7", undefined, "http://[2001:db8::7]:3000"],
  ["127.0.0.1", "https://barnacle.example/", "https://barnacle.example"],
] as const)("people reach a server on %s with BARNACLE_URL %s at %s", ([host, given, url]) => {
  expect(publicUrl(parseEnv({ HOST: host, BARNACLE_URL: given }), 3000)).toBe(url);
});

test.for([
  ["0.0.0.0", "http://127.0.0.1:3000"],
  ["::", "http://[::1]:3000"],
  ["192.0.2.7", "http://192.0.2.7:3000"],
] as const)("we reach a server on %s at %s", ([host, url]) => {
  expect(ownUrl(host, 3000)).toBe(url);
});

test.for([
  ["EADDRINUSE", "Port 80 on 127.0.0.1 is in use. Stop the other program or set PORT."],
  ["EACCES", "Port 80 on 127.0.0.1 may not be opened by this user. Set PORT."],
  ["EADDRNOTAVAIL", "127.0.0.1 is not an address of this machine (EADDRNOTAVAIL). Set HOST."],
] as const)("%s is explained", ([code, sentence]) => {
  expect(explainListenError(Object.assign(new Error(), { code }), "127.0.0.1", 80)).toBe(sentence);
});

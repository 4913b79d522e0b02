import { crc32, deflateRawSync } from "node:zlib";
import { ZipFile } from "yazl";

export type File = [name: string, content: Buffer | string];

export function zip(...files: File[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of files) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const pieces: Buffer[] = [];
  return new Promise((resolve) => {
    archive.outputStream.on("data", (piece: Buffer) => pieces.push(piece));
    archive.outputStream.on("end", () => resolve(Buffer.concat(pieces)));
  });
}

type Change = { checksum?: number; flags?: number; method?: number; mode?: number };

/** A zip archive of one file, its name and numbers as they are given: such as no honest tool writes. */
export function rawZip(name: string, content: Buffer, change: Change = {}): Buffer {
  return zipOf([name], content, change);
}

/** A zip archive of which all files are one and the same bytes. */
export function overlappingZip(name: string, content: Buffer, times: number): Buffer {
  return zipOf(
    Array.from({ length: times }, (_, at) => `${name}${at}`),
    content,
    {},
  );
}

/** A zip archive of one link, as Unix tools keep them. */
export function zippedLink(name: string, target: string): Buffer {
  return zipOf([name], Buffer.from(target), { mode: 0o120777 });
}

/** Writes the content once, and a line in the directory for each name. */
function zipOf(names: readonly string[], content: Buffer, change: Change): Buffer {
  const data = deflateRawSync(content);
  const checksum = change.checksum ?? crc32(content);
  const headerOf = (name: string) => {
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(change.flags ?? 0x800, 2);
    header.writeUInt16LE(change.method ?? 8, 4);
    header.writeUInt32LE(checksum, 10);
    header.writeUInt32LE(data.length, 14);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt16LE(Buffer.byteLength(name), 22);
    return header;
  };
  const [first = ""] = names;
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), headerOf(first), Buffer.from(first), data]);
  const kinds = Buffer.alloc(14);
  kinds.writeUInt32LE(((change.mode ?? 0) << 16) >>> 0, 6);
  const lines = names.flatMap((name) => [
    Buffer.from("PK\u0001\u0002\u0014\u0000"),
    headerOf(name),
    kinds,
    Buffer.from(name),
  ]);
  const directory = Buffer.concat(lines);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

export function tarMember(name: string, content: Buffer | string, type = "0"): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100));
  header.write(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write(type, 156);
  header.write("ustar\u000000", 257);
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

export function tar(...members: Buffer[]): Buffer {
  return Buffer.concat([...members, Buffer.alloc(1024)]);
}

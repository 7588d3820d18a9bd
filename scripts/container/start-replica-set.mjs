/**
 * Makes a single mongod a replica set of one, once; asking again changes nothing.
 * MONGODB_INIT_URI: the address with `directConnection=true`. MONGODB_MEMBER: the `host:port` others reach it by.
 */
import mongoose from 'mongoose'

const uri = process.env.MONGODB_INIT_URI ?? 'mongodb://mongo:27017/?directConnection=true'
const host = process.env.MONGODB_MEMBER ?? 'mongo:27017'
const ALREADY_INITIALIZED = 23
const LIMIT_MS = 60_000

const deadline = Date.now() + LIMIT_MS
let last = 'no answer'
while (Date.now() < deadline) {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 3_000 })
  try {
    const admin = client.db('admin')
    await admin.command({ replSetInitiate: { _id: 'mahakam', members: [{ _id: 0, host }] } }).catch((error) => {
      if (error.code !== ALREADY_INITIALIZED) throw error
    })
    const { isWritablePrimary } = await admin.command({ hello: 1 })
    if (isWritablePrimary) {
      console.log(`replica set mahakam is primary at ${host}`)
      process.exit(0)
    }
    last = 'not primary yet'
  } catch (error) {
    last = error.message
  } finally {
    await client.close().catch(() => {})
  }
  await new Promise((resolve) => setTimeout(resolve, 500))
}
console.error(`replica set was not started: ${last}`)
process.exit(1)

import type { ErrorCode, ErrorWords } from './errors.id.ts'

const words = (title: string, detail: string): ErrorWords => ({ title, detail })

/** English words of every code; a missing one does not compile. */
export const errorsEn: Record<ErrorCode, ErrorWords> = {
  'child.too-deep': words('Too deep', 'This chain of dispositions goes beyond the depth allowed.'),
  'csrf.foreign': words('Request from another site', 'Forms can be sent from the pages of this application only.'),
  'csrf.invalid': words('Page expired', 'The page was open for too long. Reload it, then send once more.'),
  'cursor.invalid': words('Invalid cursor', 'This place in the list is not known. Start again from the first page.'),
  'document.invalid-data': words(
    'Document cannot be drawn',
    'The data for this document are incomplete or do not fit.',
  ),
  'document.too-long': words('Document too long', 'The drawn document would exceed {pagesMax} pages.'),
  'embedded.hash-mismatch': words(
    'Download does not match',
    'The server file {project} {version} is not the pinned one and is not used.',
  ),
  'embedded.mongod-failed': words('MongoDB did not start', 'The embedded MongoDB cannot be started. See {logFile}.'),
  'embedded.owned': words('Data folder in use', 'The data folder {dataDir} is in use by process {pid}.'),
  'embedded.record-unreadable': words(
    'Server record damaged',
    'The record {file} is damaged. Restore or move it first.',
  ),
  'embedded.redis-failed': words('Redis did not start', 'The embedded Redis cannot be started. See {logFile}.'),
  'event.forbidden': words('Not within your authority', 'This act belongs to another post.'),
  'event.invalid': words('Something entered is not right', 'Not sent yet. Please check the marked entries.'),
  'event.too-wide': words('Too much at once', 'One decision may start at most {max} pieces of work. Split it.'),
  'event.unknown': words('Unknown act', 'This workflow knows no act {type}.'),
  'file.active-content': words(
    'File holds code',
    'The file holds content that can run by itself ({found}). Save it without, then choose again.',
  ),
  'file.archive-bomb': words('Abnormal file', 'The file unpacks to far more than its size.'),
  'file.broken': words('File damaged', 'The file is damaged and cannot be read. Scan again.'),
  'file.busy': words('File check busy', 'Many files are being checked. Try again in a moment.'),
  'file.empty': words('File empty', 'The file is empty. Scan or choose again.'),
  'file.encrypted': words('File locked', 'The file is locked by a password. Save it without one, then choose again.'),
  'file.mislabelled': words('File name does not fit', 'The content of the file is not what its name or type says.'),
  'file.missing': words('No file chosen', 'Send exactly one file in the field "file".'),
  'file.no-preview': words('No preview', 'This page does not exist or cannot be drawn. Download the file instead.'),
  'file.no-such-page': words('No such page', 'This file has {pages} pages only.'),
  'file.not-found': words('File not found', 'The file does not exist, or is not for your post.'),
  'file.too-big-image': words('Image too big', 'The image of {width} × {height} pixels exceeds {pixelsMax} pixels.'),
  'file.too-complex': words('File too complex', 'The file cannot be checked within its time. Scan or save it again.'),
  'file.too-large': words(
    'File too large',
    'The file is larger than {bytesMax}. Scan at a lower resolution or split it.',
  ),
  'file.too-many-pages': words('Too many pages', 'The file has {pages} pages; at most {pagesMax} are taken.'),
  'file.unsupported': words(
    'Kind of file not accepted',
    'This kind of file is not accepted. Use PDF, JPEG, PNG, TIFF or DOCX.',
  ),
  'idempotency.invalid': words('Invalid sending key', 'An Idempotency-Key is 1–200 visible ASCII characters.'),
  'idempotency.mismatch': words(
    'Key already used',
    'This sending key was used before with other content. Open a new form.',
  ),
  'idempotency.missing': words(
    'Sending key missing',
    'Send an Idempotency-Key header: 1–200 visible ASCII characters.',
  ),
  'instance.busy': words('Crowded', 'Many decisions arrive at this file at once. Try again.'),
  'instance.not-found': words('Not found', 'This file does not exist, or is not for your post.'),
  'instance.not-now': words('Not possible now', 'This act is not possible in the present state.'),
  'instance.stale': words(
    'Already decided',
    'Already decided by {decidedBy} ({decidedAs}) on {decidedAt}. Check the newest state.',
  ),
  'instance.too-large': words('Too large', 'This file would grow too large. Keep long content as an attachment.'),
  internal: words(
    'A fault on our side',
    'Nothing is lost. Try again; if it repeats, tell the operator the request code.',
  ),
  'request.invalid': words('Request does not fit', 'The request does not fit. See its issues.'),
  'request.malformed': words('Request cannot be read', 'The body is not valid JSON or not a valid form.'),
  'request.media-type': words(
    'Unknown form of body',
    'Send the body in a Content-Type and encoding that is supported.',
  ),
  'request.too-large': words('Request too large', 'The body exceeds the limit.'),
  'request.too-many-files': words('Too many files', 'Too many files in one request.'),
  'route.not-found': words('No such address', 'There is nothing at this address.'),
  'session.required': words('Please sign in first', 'This page is for officers who have signed in.'),
  'session.token': words('Token not valid', 'The token is unknown, expired or revoked.'),
  'start.forbidden': words('Not within your authority', 'Your post does not start this workflow.'),
  'start.invalid': words('Something entered is not right', 'Not started yet. Please check the marked entries.'),
  'storage.busy': words('System busy', 'Too many decisions wait to be stored. Try again in a moment.'),
  'storage.unavailable': words(
    'Storage out of reach',
    'The decision is not stored yet. Send it again with the same key.',
  ),
  'upload.no-post': words('No post', 'Only somebody who holds a post may hand files in.'),
  'workflow.changed': words('Workflow changed', 'Version {version} of {workflow} is not what this file started with.'),
  'workflow.not-found': words('No such workflow', 'That workflow is not known.'),
  'workflow.version-missing': words('Version missing', 'Version {version} of {workflow} is not installed.'),
  'activity.crashed': words(
    'Job stopped',
    "A job took its worker down again and again and was stopped. Look into the worker's log and the job's input.",
  ),
  'activity.timeout': words(
    'Job took too long',
    'A job took longer than it may; it is tried again until its tries are used up. Check the load of the machine.',
  ),
  'activity.unknown': words(
    'Unknown job',
    'A workflow calls an activity this release does not have. Run the same release in every process.',
  ),
  'embedded.port-busy': words('Port in use', 'Another program uses the port. Stop it or choose another PORT.'),
  'embedded.role-failed': words(
    'A role stopped',
    'A part of the program keeps stopping. See the log in the data folder.',
  ),
  'embedded.starting': words(
    'Still starting',
    'The trial on that data folder is still starting. Wait until it is ready.',
  ),
  'mongodb.not-a-replica-set': words(
    'MongoDB is no replica set',
    'MongoDB does not run as a replica set. Start it with --replSet; one node is enough.',
  ),
  'mongodb.too-old': words('MongoDB too old', 'MongoDB is too old. Use 6 or newer.'),
  'mongodb.unreachable': words('MongoDB unreachable', 'MongoDB does not answer. Check its address and the network.'),
  'person.not-found': words('Person not found', 'There is no such person. Check the name.'),
  'position.not-found': words('Post not found', 'There is no such post. Choose one from the list.'),
  'redis.evicts': words('Redis evicts data', 'Redis may throw jobs away. Set maxmemory-policy noeviction.'),
  'redis.too-old': words('Redis too old', 'Redis is too old. Use 6.2 or newer.'),
  'redis.unreachable': words('Redis unreachable', 'Redis does not answer. Check its address and the network.'),
  'organization.invalid': words(
    'The organization file does not fit',
    'Names lead nowhere, or a unit has no head: {problems}.',
  ),
  'unit.not-found': words('Unit not found', 'There is no such unit. Choose one from the list.'),
  'unit.without-head': words('Unit without a head', 'The unit has no head. Complete its posts.'),
  'auth.bad-credentials': words(
    'Wrong name or password',
    'User name or password is wrong, or a persona was used outside the trial. Check and try again.',
  ),
  'auth.too-many-attempts': words(
    'Too many tries',
    'Too many failed tries to sign in. Wait as long as Retry-After says.',
  ),
  'auth.weak-password': words(
    'Password not accepted',
    'The password is too short or too long. Use 12 to 200 characters.',
  ),
  'config.invalid': words(
    'Invalid configuration',
    'The configuration is incomplete or wrong and the program does not start. Every problem is listed.',
  ),
  'disposition.to-oneself': words(
    'Addressed to oneself',
    'The disposition goes to its own giver. Choose another post.',
  ),
  'disposition.twice': words('Post named twice', 'One post is named twice. Remove one of them.'),
  'disposition.unknown-receiver': words(
    'Unknown receiver',
    'The receiving post does not exist. Choose one from the list.',
  ),
  'document.unknown-layout': words(
    'No such layout',
    "This release does not have the document's layout. Run the release that does.",
  ),
  'agenda.invalid-pattern': words(
    'Invalid number pattern',
    "The unit's pattern for agenda numbers cannot be used. Correct the pattern.",
  ),
  'cli.file-missing': words('File missing', 'The command needs --file <file>. Add where it is.'),
  'cli.file-unreadable': words('File unreadable', 'The file is no whole JSON, or too large. Check its content.'),
  'cli.invalid-days': words(
    'Invalid number of days',
    '--days is not a whole number within the limits named. Correct the command.',
  ),
  'cli.reason-missing': words(
    'Instance or reason missing',
    'The command needs --id <instance> and --reason <why>. Add both.',
  ),
  'cli.user-missing': words('User missing', "The command needs --user <name>. Add the user's name."),
  'demo.not-a-trial': words(
    'Not a trial',
    "Only the trial's data can be emptied. Run this command in the trial alone.",
  ),
  'instance.forbidden': words(
    'Not for your post',
    'This list or page is not for your post. Ask somebody whose post opens it.',
  ),
}

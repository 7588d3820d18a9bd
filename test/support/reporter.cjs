/** Mocha's own spec reporter, which also leaves its figures in a file for the closing line of `npm test`. */
const { writeFileSync } = require('node:fs')
const { reporters } = require('mocha')

module.exports = class SpecWithFigures extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = this.stats
      if (process.env.TEST_FIGURES_FILE) {
        writeFileSync(process.env.TEST_FIGURES_FILE, JSON.stringify({ passes, failures, pending }))
      }
    })
  }
}

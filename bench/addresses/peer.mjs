// Runs @geolonia/normalize-japanese-addresses over lines of a file: node peer.mjs API LINES OUT.csv PASSES
// Prints: addresses a second (wall, median of the passes after the first) · per CPU second · peak resident megabytes · milliseconds to the first answer
import fs from 'node:fs'
import { performance } from 'node:perf_hooks'
const [api, file, out, passes] = process.argv.slice(2)
const { config, normalize } = await import('@geolonia/normalize-japanese-addresses')
config.japaneseAddressesApi = `file://${api}/ja`
const lines = fs.readFileSync(file, 'utf8').split('\n').filter((l, i, all) => i < all.length - 1 || l)
await normalize(lines[0])
const first = performance.now()
const quote = (s) => /[",\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s
const wall = [], cpu = []
for (let pass = 0; pass < Number(passes); pass++) {
  const rows = ['match_pref,match_city,match_town']
  const began = performance.now(), used = process.cpuUsage()
  for (const line of lines) {
    let r = {}
    try { r = await normalize(line) } catch { }
    rows.push([r.pref ?? '', r.city ?? '', r.town ?? ''].map(quote).join(','))
  }
  const spent = process.cpuUsage(used)
  wall.push(lines.length / ((performance.now() - began) / 1000))
  cpu.push(lines.length / ((spent.user + spent.system) / 1e6))
  fs.writeFileSync(out, rows.join('\n') + '\n')
}
const middle = (l) => { const s = (l.length > 1 ? l.slice(1) : l).toSorted((a, b) => a - b); return s[s.length >> 1] }
const peak = process.resourceUsage().maxRSS / 1024
console.log([middle(wall), middle(cpu), peak, first].map(Math.round).join(' '))

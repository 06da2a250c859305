import { Alert, Button, Popconfirm, Segmented } from 'antd'
import { useState } from 'react'
import { type Reply, uploads } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { useSay } from '../../say/use-say.ts'
import { ChooseFile } from '../../ui/choose-file.tsx'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { useChange } from './use-change.ts'

type Imported = Reply<'importOrganisation'>

/** Units or staff from a file: first what would change, line by line what is wrong; then all of it or nothing. */
export function ImportFile() {
  const { say } = useSay()
  const words = say.organisation
  const [what, setWhat] = useState<'units' | 'staff'>('units')
  const [file, setFile] = useState<File>()
  const ask = useChange('importOrganisation')
  const report = ask.data
  const count = report?.changes.length ?? 0
  const choose = (next: File) => {
    setFile(next)
    ask.reset()
  }
  const send = (chosen: File, apply: boolean) => ask.mutate({ query: { what, apply }, file: chosen })
  return (
    <div className="stack">
      <div className="row">
        <Segmented
          aria-label={words.importWhat}
          value={what}
          options={[
            { value: 'units', label: words.importUnits },
            { value: 'staff', label: words.importStaff },
          ]}
          onChange={next => {
            setWhat(next === 'staff' ? 'staff' : 'units')
            ask.reset()
          }}
        />
        <code className="small">
          {what === 'units' ? words.importColumnsUnits : words.importColumnsStaff}
        </code>
      </div>
      <span className="faint">{words.importHint}</span>
      <div className="row">
        <ChooseFile file={file} bytesMax={uploads.importOrganisation} onChoose={choose} />
        <Button
          disabled={file === undefined}
          loading={ask.isPending}
          onClick={() => file !== undefined && send(file, false)}
        >
          {words.importPreview}
        </Button>
        {file === undefined || report === undefined || report.applied || count === 0 ? null : (
          <Popconfirm
            title={words.importSure}
            okText={words.importApply({ count: formatCount(count) })}
            cancelText={say.back}
            onConfirm={() => send(file, true)}
          >
            <Button type="primary">{words.importApply({ count: formatCount(count) })}</Button>
          </Popconfirm>
        )}
      </div>
      {ask.error === null ? null : <FaultNote error={ask.error} />}
      {report === undefined ? null : <ImportReport report={report} />}
    </div>
  )
}

function ImportReport({ report }: { readonly report: Imported }) {
  const { say, pick } = useSay()
  const words = say.organisation
  if (report.faulty.length > 0) {
    return (
      <div className="stack" role="alert">
        <Alert type="error" title={words.importFaulty({ count: formatCount(report.faulty.length) })} />
        <SmallTable
          rows={report.faulty}
          keyOf={one => `${one.line} ${one.column} ${one.fault.code}`}
          columns={[
            { title: words.line, of: one => one.line, isNumber: true },
            { title: words.column, of: one => one.column ?? '' },
            { title: words.problem, of: one => pick(one.fault) },
          ]}
          nothing={words.importNothing}
          pageSize={20}
        />
      </div>
    )
  }
  const passwords = report.passwords.map(one => words.made(one))
  return (
    <div className="stack">
      {report.applied ? <Alert type="success" title={words.importDone} /> : null}
      {passwords.length === 0 ? null : (
        <Alert type="warning" title={words.madeMeans} description={passwords.join('\n')} />
      )}
      {report.changes.length === 0 ? <p>{words.importNothing}</p> : null}
      {report.changes.map(({ id, kind, fields }) => (
        <div key={id}>
          {words.kinds[kind]} <strong>{id}</strong>
          <span className="small faint">
            {' '}
            {fields
              .map(f => `${f.field}: ${f.before || words.empty} → ${f.after || words.empty}`)
              .join(say.comma)}
          </span>
        </div>
      ))}
    </div>
  )
}

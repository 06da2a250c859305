import { Tabs } from 'antd'
import { useState } from 'react'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Page } from '../../ui/page.tsx'
import { useMay } from '../use-may.ts'
import { ImportFile } from './import-file.tsx'
import { RolesTable } from './roles-table.tsx'
import { StaffTable } from './staff-table.tsx'
import { StandInsTable } from './stand-ins-table.tsx'
import { UnitTree } from './unit-tree.tsx'

/** Who works where, what their roles allow, who stands in for whom; for administrators also how it is changed. */
export function OrganisationPage() {
  const { say } = useSay()
  const mayChange = useMay('staff.change')
  const words = say.organisation
  const tabs = [
    { key: 'units', label: words.tabs.units, children: <UnitsAndStaff mayChange={mayChange} /> },
    { key: 'roles', label: words.tabs.roles, children: <RolesTable mayChange={mayChange} /> },
    { key: 'standIns', label: words.tabs.standIns, children: <StandInsTable mayChange={mayChange} /> },
    ...(mayChange ? [{ key: 'import', label: words.tabs.import, children: <ImportFile /> }] : []),
  ]
  return (
    <Page title={words.title}>
      <Tabs items={tabs} destroyOnHidden />
    </Page>
  )
}

function UnitsAndStaff({ mayChange }: { readonly mayChange: boolean }) {
  const { say } = useSay()
  const [chosen, setChosen] = useState<string>()
  const organisation = useReply('showOrganisation')
  return (
    <Answer to={organisation}>
      {reply => {
        const unit = reply.units.find(one => one.id === chosen)
        return (
          <div className="row organisation">
            <UnitTree organisation={reply} chosen={unit} onChoose={setChosen} mayChange={mayChange} />
            {unit === undefined ? (
              <p className="faint grow">{say.organisation.choose}</p>
            ) : (
              <StaffTable unit={unit} organisation={reply} mayChange={mayChange} />
            )}
          </div>
        )
      }}
    </Answer>
  )
}

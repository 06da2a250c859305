/** Words in names of types that need no definition: they mean in code what they mean anywhere. */
export const plainWords: readonly string[] = `
  id kind type name names words text value values code codes coded title list row rows page
  date day days moment clock progress on span plain from to of at by in and not with
  query body parts path route wire run state move event life view detail report summary count counts total
  result shape file files table column folder catalogue definition entry part piece key keys manifest version
  bound literal operand comparison op operator known
  allocation cap share shares purpose standing binding language coverage city seed truth world
  live fact facts sent off node kept checked finding load decided draft planted tried force
  explained application asker lived loaded used
  look looker download kinds decider personal
  oidc provider signed shown open demo founded settings
  unit moved placed post holder import imported line faulty listed wanted new change selected
  sheet broken arriving vault threshold
  making compared meaning named happening filling
  request answer note limit limits caps options input output reader writer source sink target order sort
`
  .split(/\s+/)
  .filter(w => w !== '')

/** Minutes of an account manager's day that go to lists; the rest is the customers'. */
export const minutesPerManager = 360
export const smsPerDayMax = 20_000
/** Of the base, kept aside across everything. */
export const universalShare = 0.02

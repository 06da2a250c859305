export type { Column, Feed, FeedId } from './contract/feed.ts'
export { feedOf, feeds } from './contract/feeds.ts'
export { type FeedReader, feedRows, feedsDelivered, missingDays, subscriberKeys } from './read.ts'
export { feedState, foldStates } from './state.ts'

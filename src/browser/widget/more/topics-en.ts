import type { Topics } from "../topics.ts";

export const TOPICS_EN: Topics = {
  teen: [
    "I am being bullied online",
    "Someone threatens to share my private pictures",
    "Someone I met online wants to meet me",
    "I was cheated out of money online",
    "I lost my account",
    "I have been feeling sad and tired",
  ],
  parent: [
    "My child is being bullied online",
    "Someone threatens to share my child's private pictures",
    "A stranger is getting close to my child online",
    "My child was cheated out of money online",
    "My child is on the phone too much",
    "How do I talk with my child about online safety?",
  ],
};

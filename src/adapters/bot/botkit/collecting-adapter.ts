import { type Activity, BotAdapter, type ResourceResponse, type TurnContext } from "botbuilder-core";
import { Speech } from "../../../domain/conversation/message.ts";
import { keepSlot, slotIn, type TurnSlot } from "./turn-slot.ts";

/** Collects what a turn says. It does no I/O and never throws: the outbox delivers after the commit. */
export class CollectingAdapter extends BotAdapter {
  async run(
    context: TurnContext,
    slot: TurnSlot,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    keepSlot(context, slot);
    await this.runMiddleware(context, logic);
  }

  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const slot = slotIn(context);
    for (const activity of activities) {
      const data = activity.channelData as { readonly speech?: unknown } | undefined;
      const speech = Speech.safeParse(data?.speech);
      if (speech.success) slot.sent.push(speech.data);
    }
    return activities.map((_activity, index) => ({ id: String(index) }));
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}
}

using Akka.Dispatch;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// Mailboxes that became ready within one instant, by creation ordinal: a small binary heap.
/// First in, first out would depend on Akka's unordered sets of children and watchers.
/// </summary>
internal sealed class ReadyMailboxes
{
    private Mailbox[] mailboxes = new Mailbox[4];
    private int[] ordinals = new int[4];
    private int count;

    public int Count => count;

    public void Add(Mailbox mailbox, int ordinal)
    {
        if (count == mailboxes.Length)
        {
            Array.Resize(ref mailboxes, count * 2);
            Array.Resize(ref ordinals, count * 2);
        }

        var index = count++;
        while (index > 0)
        {
            var parent = (index - 1) >> 1;
            if (ordinals[parent] <= ordinal)
                break;
            Move(parent, index);
            index = parent;
        }

        mailboxes[index] = mailbox;
        ordinals[index] = ordinal;
    }

    public Mailbox TakeLowest()
    {
        var taken = mailboxes[0];
        count--;
        var mailbox = mailboxes[count];
        var ordinal = ordinals[count];
        mailboxes[count] = null!;
        var index = 0;
        while (true)
        {
            var child = (index << 1) + 1;
            if (child >= count)
                break;
            if (child + 1 < count && ordinals[child + 1] < ordinals[child])
                child++;
            if (ordinals[child] >= ordinal)
                break;
            Move(child, index);
            index = child;
        }

        if (count > 0)
        {
            mailboxes[index] = mailbox;
            ordinals[index] = ordinal;
        }

        return taken;
    }

    private void Move(int from, int to)
    {
        mailboxes[to] = mailboxes[from];
        ordinals[to] = ordinals[from];
    }
}

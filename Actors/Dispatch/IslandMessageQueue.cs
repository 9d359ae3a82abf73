using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// A mailbox's queue without locks: one inline slot and a ring that is made on first use. Only
/// the island's thread touches it. Each entry keeps the word that travels with its message.
/// </summary>
public sealed class IslandMessageQueue : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    /// <summary>Most messages that may wait in one mailbox.</summary>
    public const int Limit = 1 << 20;

    private readonly Island island;
    private readonly IslandActorRef owner;
    private ActorCell cell = null!;
    private Mailbox mailbox = null!;
    private bool mayTake;
    private int count;
    private int head;
    private Entry[]? ring;
    private Entry first;

    internal IslandMessageQueue(Island island, IslandActorRef owner)
    {
        this.owner = owner;
        this.island = island;
    }

    /// <inheritdoc/>
    public bool HasMessages => count > 0;

    /// <inheritdoc/>
    public int Count => count;

    internal IslandActorRef Owner => owner;

    internal ActorCell Cell => cell;

    /// <summary>The mailbox around this queue; closed once the actor has stopped.</summary>
    internal Mailbox Mailbox => mailbox;

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        var pending = island.TakePendingWord();
        Enqueue(new Entry(
            envelope, pending?.Word ?? 0,
            pending?.From ?? IslandActorRefs.IdentityOf(envelope.Sender), false));
    }

    /// <inheritdoc/>
    public void EnqueueFirst(Envelope envelope)
    {
        // Stash puts messages back this way. The word of a stashed message is gone.
        if (envelope.Message is Crossings.IWordMessage)
        {
            throw new InvalidOperationException(
                $"{envelope.Message.GetType().Name} carries a word and cannot be stashed");
        }

        var entry = new Entry(envelope, 0, IslandActorRefs.IdentityOf(envelope.Sender), true);
        if (count == 0)
        {
            first = entry;
            count = 1;
            return;
        }

        MakeRoom();
        head = (head - 1) & (ring!.Length - 1);
        ring[head] = first;
        first = entry;
        count++;
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (count == 0 || !mayTake)
        {
            envelope = default;
            return false;
        }

        mayTake = false;
        var entry = Take();
        envelope = entry.Envelope;
        island.DeliveredByMailbox(
            owner, envelope.Message, entry.Word, entry.From, entry.IsRedelivery);
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef closed, IMessageQueue deadLetters)
    {
        while (count > 0)
        {
            var entry = Take();
            island.Undelivered(
                entry.Envelope.Message, entry.Word, UndeliveredReason.LeftInMailbox);
        }
    }

    /// <summary>
    /// Lets the mailbox take one message. Akka's takes one more than the dispatcher's throughput
    /// in one run, which would let an actor go before others that are ready with a lower ordinal.
    /// </summary>
    internal void AllowOne() => mayTake = true;

    internal void Attach(ActorCell attached)
    {
        cell = attached;
        mailbox = attached.Mailbox!;
    }

    private void Enqueue(in Entry entry)
    {
        if (count == 0)
        {
            first = entry;
            count = 1;
            return;
        }

        MakeRoom();
        ring![(head + count - 1) & (ring.Length - 1)] = entry;
        count++;
    }

    private Entry Take()
    {
        var entry = first;
        count--;
        if (count > 0)
        {
            first = ring![head];
            ring[head] = default;
            head = (head + 1) & (ring.Length - 1);
        }
        else
        {
            first = default;
        }

        return entry;
    }

    private void MakeRoom()
    {
        if (count >= Limit)
        {
            // Akka drops what is thrown while a message is told, so the island remembers it.
            throw island.Broken(
                $"mailbox of {owner.Path.ToStringWithoutAddress()} holds {Limit} messages");
        }

        ring ??= new Entry[4];
        var held = count - 1;
        if (held < ring.Length)
            return;
        var larger = new Entry[ring.Length * 2];
        for (var index = 0; index < held; index++)
            larger[index] = ring[(head + index) & (ring.Length - 1)];
        ring = larger;
        head = 0;
    }

    private readonly record struct Entry(
        Envelope Envelope, long Word, int From, bool IsRedelivery);
}

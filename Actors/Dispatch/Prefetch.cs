using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// Brings what a visit to an island is about to touch into the cache. An actor is a dozen lines of
/// memory behind three pointers; taken one event at a time each is waited for, but asked for
/// together they come together. Changes nothing but time.
/// </summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Asks for the actors of these ordinals, one level of pointers after another.
    /// </summary>
    public static void Actors(IslandMessageQueue?[] queues, ReadOnlySpan<int> ordinals)
    {
        if (!Sse.IsSupported || !MailboxStatus.IsReadable)
            return;
        foreach (var ordinal in ordinals)
        {
            if (queues[ordinal] is { } queue)
                Lines(queue, 2);
        }

        foreach (var ordinal in ordinals)
        {
            if (queues[ordinal] is not { } queue)
                continue;
            Lines(queue.Mailbox, 1);
            Lines(queue.Cell, 4);
            Lines(queue.Owner, 2);
        }

        foreach (var ordinal in ordinals)
        {
            if (queues[ordinal] is { } queue && MailboxStatus.Actor(queue.Cell) is { } actor)
                Lines(actor, 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Lines(object target, int count)
    {
        // The collector may move the object meanwhile; then the lines asked for are useless.
        var address = *(byte**)Unsafe.AsPointer(ref target);
        for (var line = 0; line < count; line++)
            Sse.Prefetch0(address + (line * LineBytes));
    }
}

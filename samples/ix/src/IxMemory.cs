namespace Ix;

/// <summary>
/// Two views of the same frames: the dataplane's, which the device sees too, and the
/// application's, in which event conditions and packets are read-only, and rings and registers are
/// not at all.
/// </summary>
internal static class IxMemory
{
    /// <summary>Most packets of a batch (IX section 3: B is at most 64).</summary>
    public const int BatchLimit = 64;

    private const long RegisterPage = 0x100;
    private const long EventPage = 0x200;
    private const long CallPage = 0x201;

    /// <summary>The queue pair; the application holds a batch of packets.</summary>
    public static readonly QueueLayout Queue = new(CallPage + 1, 64, 64, BatchLimit + 1);

    public static ulong Registers => (ulong)Frame.AddressOf(RegisterPage);

    public static ulong EventAt(int index) => AddressOf(EventPage, index);

    public static ulong CallAt(int index) => AddressOf(CallPage, index);

    public static AddressSpace PlaneOf(Grant grant) => grant.Spaces[0];

    public static AddressSpace UserOf(Grant grant) => grant.Spaces[1];

    /// <summary>Takes and maps a tenant's memory; false when there is no more.</summary>
    public static bool TryMap(Grant grant)
    {
        var buffers = (long)Queue.Buffers / Frame.SizeBytes;
        var end = Queue.FirstPage + Queue.Pages;
        if (!grant.Memory.TryAllocate((int)(end - EventPage), out var first)
            || grant.MakeSpace() is not { } plane || grant.MakeSpace() is not { } user)
            return false;
        bool Map(AddressSpace space, long from, long to, bool isWritable) => grant.Memory.TryMap(
            space, from, Frame.AddressOf(first + from - EventPage), (int)(to - from), isWritable);
        return grant.TryMapRegisters(plane, RegisterPage)
            && Map(plane, EventPage, end, isWritable: true)
            && Map(user, EventPage, CallPage, isWritable: false)
            && Map(user, CallPage, Queue.FirstPage, isWritable: true)
            && Map(user, buffers, end, isWritable: false);
    }

    private static ulong AddressOf(long page, int index) =>
        (ulong)(Frame.AddressOf(page) + (index * IxEntry.SizeBytes));
}

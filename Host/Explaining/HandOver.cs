namespace Disguise.Host.Explaining;

/// <summary>How a request comes to an executor or leaves it.</summary>
internal enum HandOverKind
{
    /// <summary>From a receive descriptor.</summary>
    DescriptorTaken,

    /// <summary>From another executor.</summary>
    Taken,

    /// <summary>To another executor.</summary>
    Queued,

    /// <summary>To a transmit descriptor.</summary>
    DescriptorPosted,
}

/// <summary>A request comes to an executor or leaves it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Executor">Who.</param>
/// <param name="Descriptor">The descriptor, where it is one.</param>
/// <param name="Token">What the request is known by on its way between executors.</param>
/// <param name="AtPs">When; for a receive descriptor 0, as it may be taken ahead of time.</param>
internal readonly record struct HandOver(
    HandOverKind Kind, Executor Executor, Descriptor Descriptor, long Token, long AtPs);

/// <summary>A descriptor of a device's ring.</summary>
internal readonly record struct Descriptor(string Function, int Queue, int Index);

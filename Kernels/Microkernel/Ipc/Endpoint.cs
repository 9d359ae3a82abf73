using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// A rendezvous: threads that want to send and threads that want to receive meet here. At any
/// time only one of the two kinds waits.
/// </summary>
/// <param name="number">Its number among the kernel's endpoints.</param>
/// <param name="owner">The domain that receives here; it ends with that.</param>
internal sealed class Endpoint(int number, int owner)
{
    /// <summary>Its number among the kernel's endpoints.</summary>
    public int Number { get; } = number;

    /// <summary>The domain that receives here.</summary>
    public int Owner { get; } = owner;

    /// <summary>The slot of the capability that it falls with.</summary>
    public int OriginSlot { get; set; } = -1;

    /// <summary>Threads that wait until somebody receives.</summary>
    public ThreadQueue Senders { get; } = new();

    /// <summary>Threads that wait for a message.</summary>
    public ThreadQueue Receivers { get; } = new();

    /// <summary>Badges whose last capability is gone, of which no receiver knows yet.</summary>
    public Queue<ulong> GoneBadges { get; } = new();

    /// <summary>Whether nobody can receive here any more.</summary>
    public bool IsDestroyed { get; set; }
}

using Disguise.Hardware.Network;

namespace Disguise.Kernels.Abstractions;

/// <summary>
/// Told when a tenant's set-up has ended, so that an experiment can begin. Watches only: nothing
/// in the emulated world depends on it.
/// </summary>
public interface IReadiness
{
    /// <summary>The tenant serves from now on.</summary>
    void Ready(string address);

    /// <summary>The tenant's set-up was refused, and why.</summary>
    void Failed(string address, string reason);

    /// <summary>A program of the tenant's has crashed, and why.</summary>
    void Crashed(string address, string reason, long atPs)
    {
    }

    /// <summary>
    /// What a tenant's own libraries count of frames: its stack, the queues of its sockets. They
    /// count on.
    /// </summary>
    void Counts(PacketCounters counters)
    {
    }

    /// <summary>A tenant's program has measured an operation of its own.</summary>
    void Operation(string address, long startPs, long endPs)
    {
    }
}

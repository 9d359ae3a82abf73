using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>What the scheduler knows of a context.</summary>
internal sealed class ScheduledContext(CpuContext context, Tenant tenant, int affinity)
{
    /// <summary>The context.</summary>
    public CpuContext Context { get; } = context;

    /// <summary>Whose it is.</summary>
    public Tenant Tenant { get; } = tenant;

    /// <summary>The core that it runs on, or <see cref="RunQueues.AnyCore"/>.</summary>
    public int Affinity { get; } = affinity;

    /// <summary>Whether it stands in a run queue.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether a doorbell rang since it last waited for one.</summary>
    public bool HasRung { get; set; }

    /// <summary>
    /// A call that is served later: it trapped for it in the very instant in which it lost its
    /// core, or what the call would get is still being taken from another.
    /// </summary>
    public ArrakisProtocol.ControlCall? Deferred { get; set; }

    /// <summary>When it trapped for the call that is served now or later.</summary>
    public long CalledPs { get; set; }
}

namespace Disguise.Actors.Crossings;

/// <summary>What a crossing counts as in a result.</summary>
public enum CrossingClass
{
    /// <summary>From one protection domain into another: system call, interrupt, upcall, IPC.
    /// </summary>
    Protection,

    /// <summary>A write to a device's register that is mapped into the writer's space.</summary>
    MappedRegister,

    /// <summary>Bytes between devices: a packet on a wire, a DMA, a device's inner hand-over.
    /// </summary>
    Device,

    /// <summary>An order of the machine's operator or of an injection; not part of the load.
    /// </summary>
    Operator,
}

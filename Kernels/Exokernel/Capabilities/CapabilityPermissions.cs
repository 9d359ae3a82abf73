namespace Disguise.Kernels.Exokernel.Capabilities;

/// <summary>
/// The three permission bits of a capability, with the values of Xok (sys/xok/capability.h). With
/// none of them it allows to read: there is no bit for that, so who may write a page may read it,
/// as no page table lets one write what one cannot read.
/// </summary>
[Flags]
public enum CapabilityPermissions : byte
{
    /// <summary>Allows to read.</summary>
    Read = 0,

    /// <summary>Allows to write.</summary>
    Write = 1,

    /// <summary>Has no meaning to the kernel; part of a complete capability.</summary>
    Spare = 2,

    /// <summary>
    /// In an environment's slot: others may be forged from it. In a page's list: allows to change
    /// the list.
    /// </summary>
    Modify = 4,

    /// <summary>Complete.</summary>
    All = Write | Spare | Modify,
}

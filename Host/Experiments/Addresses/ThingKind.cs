namespace Disguise.Host.Experiments.Addresses;

/// <summary>Kinds of things that have an address.</summary>
public enum ThingKind
{
    /// <summary>A machine under test: <c>server[2]</c>.</summary>
    Machine,

    /// <summary>A tenant: <c>server.echo[3]</c>.</summary>
    Tenant,

    /// <summary>A machine's kernel: <c>server.kernel</c>.</summary>
    Kernel,

    /// <summary>A processor core: <c>server.core[0]</c>.</summary>
    Core,

    /// <summary>A network card: <c>server.nic</c>.</summary>
    Nic,

    /// <summary>A virtual function of a network card: <c>server.nic.vf[7]</c>.</summary>
    VirtualFunction,

    /// <summary>A storage device: <c>server.nvme</c>.</summary>
    Nvme,

    /// <summary>A virtual function of a storage device: <c>server.nvme.vf[7]</c>.</summary>
    NvmeVirtualFunction,

    /// <summary>A screen: <c>server.display</c>.</summary>
    Display,

    /// <summary>A machine's link to its switch: <c>server.link</c>.</summary>
    MachineLink,

    /// <summary>A load generator: <c>load[4]</c>.</summary>
    Client,

    /// <summary>A load generator's link to its switch: <c>load[4].link</c>.</summary>
    ClientLink,

    /// <summary>A switch: <c>switch</c>, or one of <c>switches:</c> by its name.</summary>
    Switch,
}

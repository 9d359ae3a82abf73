namespace Disguise.Host.Experiments;

/// <summary>How a group's machines are placed in racks.</summary>
public enum MachineSpread
{
    /// <summary>Evenly over all racks.</summary>
    Racks,

    /// <summary>As few racks as hold them.</summary>
    Pack,
}

using Disguise.Actors.Faults;

namespace Disguise.Hardware.Display;

/// <summary>The guards of a display.</summary>
public static class DisplayGuards
{
    /// <summary>
    /// Compares the tag of the pixel with that of the aperture at each access. Off, whoever has any
    /// aperture draws on the whole screen.
    /// </summary>
    public static readonly Guard OwnershipTag = new("display-ownership-tag");
}

using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>
/// The kernel's cache of translations, which a program may look into and not write (Engler,
/// Kaashoek and O'Toole, SOSP 1995, section 5.2).
/// </summary>
public interface IExposedTranslations
{
    /// <summary>Maps it. False where there is none, or it is refused.</summary>
    EmulatedTask<bool> Map();

    /// <summary>
    /// The frame to which the cache has an address of the program lead, without a call; null where
    /// it has none just now, or is not mapped.
    /// </summary>
    long? FrameOf(ulong address);
}

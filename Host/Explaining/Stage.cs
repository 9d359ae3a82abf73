using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;

namespace Disguise.Host.Explaining;

/// <summary>A stretch of time that a frame spent on a wire or in a device.</summary>
/// <param name="Island">The island in which it was.</param>
/// <param name="Who">The wire or the device.</param>
/// <param name="What">The stage.</param>
/// <param name="StartPs">When it began, in picoseconds of virtual time.</param>
/// <param name="EndPs">When it ended.</param>
/// <param name="Emulating">The core for which the frame waited, where one emulates the device.
/// </param>
internal readonly record struct Stage(
    Island Island, string Who, string What, long StartPs, long EndPs, Core? Emulating = null);

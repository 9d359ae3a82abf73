using Disguise.Actors.Islands;

namespace Disguise.Host.Explaining;

/// <summary>A stretch of time that a frame spent on a wire or in a device.</summary>
internal readonly record struct Stage(
    Island Island, string Who, string What, long StartPs, long EndPs);

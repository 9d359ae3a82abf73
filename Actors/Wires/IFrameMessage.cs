using Disguise.Actors.Crossings;

namespace Disguise.Actors.Wires;

/// <summary>
/// A message whose word is the handle of a frame in the island's <see cref="FrameStore"/>. The
/// receiver owns the frame and releases it.
/// </summary>
public interface IFrameMessage : IWordMessage;

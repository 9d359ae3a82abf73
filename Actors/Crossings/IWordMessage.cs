namespace Disguise.Actors.Crossings;

/// <summary>
/// A message whose meaning is in the word that travels with it: one object is made once per
/// sender and used for every doorbell, interrupt or frame. Cannot be stashed.
/// </summary>
public interface IWordMessage;

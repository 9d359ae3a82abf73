namespace Disguise.Host.Experiments;

/// <summary>A mechanism that an experiment asks for, and where.</summary>
/// <param name="Mechanism">Its name in <see cref="BuiltMechanisms"/>.</param>
/// <param name="Path">The key's path, such as <c>machines.server.nvme</c>.</param>
/// <param name="File">The file, or the option, in which it stands.</param>
/// <param name="Line">The line, from 1; 0 for an option.</param>
public sealed record UsedMechanism(string Mechanism, string Path, string File, int Line);

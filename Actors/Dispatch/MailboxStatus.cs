using System.Runtime.CompilerServices;
using Akka.Dispatch;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// Reads the status word of an Akka mailbox, which is private there. With it an event can be
/// invoked directly when the mailbox is open and idle. <see cref="IsReadable"/> is checked once at
/// start; without it every event takes the mailbox.
/// </summary>
internal static class MailboxStatus
{
    private const int Scheduled = 2;

    public static bool IsReadable { get; } = Probe();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOpen(Mailbox mailbox) => (Status(mailbox) & ~Scheduled) == 0;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_statusDotNotCallMeDirectly")]
    private static extern ref int Status(Mailbox mailbox);

    private static bool Probe()
    {
        var field = typeof(Mailbox).GetField(
            "_statusDotNotCallMeDirectly",
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic);
        return field is not null && field.FieldType == typeof(int);
    }
}

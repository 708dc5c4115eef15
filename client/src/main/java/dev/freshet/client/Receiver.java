package dev.freshet.client;

/** Where the deliveries of a session go. Called on the session's loop, never after the session was closed. */
interface Receiver {

    /** Takes an event that was asked for, or an id that nobody has to ask for. What goes wrong is told to the session. */
    void onDelivery(Session session, Delivery delivery);

    /** Nothing follows. */
    void onEnd(Session session);
}

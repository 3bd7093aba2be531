package dev.redisaccess.quickstart;

/** A ServiceAccount by namespace and name. */
record ServiceAccountName(String namespace, String name) {
    /** The subject of its tokens and of a federated credential. */
    String subject() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }
}
